# Lets the lab's Chromium make the user namespaces of its sandbox where the system keeps them for known programs.
abi <abi/4.0>,
include <tunables/global>

profile label-noise-lab /opt/label-noise-lab/label-noise-lab flags=(unconfined) {
  userns,
  include if exists <local/label-noise-lab>
}
