#!/bin/sh
# Chromium's sandbox is made of user namespaces. Where AppArmor keeps them for known programs, the lab
# is made known; where there are none, or that fails, the sandbox's helper runs as root.
place=/opt/label-noise-lab
profile=/etc/apparmor.d/label-noise-lab

setting() { cat "/proc/sys/$1" 2>/dev/null || echo "$2"; }
makes_known() {
  command -v apparmor_parser >/dev/null 2>&1 || return 1
  cp "$place/resources/apparmor.profile" "$profile" && apparmor_parser --replace "$profile" 2>/dev/null && return 0
  rm -f "$profile"
  return 1
}

mode=0755
if [ "$(setting kernel/apparmor_restrict_unprivileged_userns 0)" = 1 ]; then
  makes_known || mode=4755
elif [ "$(setting kernel/unprivileged_userns_clone 1)" = 0 ] || [ "$(setting user/max_user_namespaces 0)" = 0 ]; then
  mode=4755
fi
chown root:root "$place/chrome-sandbox"
chmod "$mode" "$place/chrome-sandbox"

command -v update-mime-database >/dev/null 2>&1 && update-mime-database /usr/share/mime
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q /usr/share/applications
command -v gtk-update-icon-cache >/dev/null 2>&1 && gtk-update-icon-cache -qtf /usr/share/icons/hicolor
exit 0
