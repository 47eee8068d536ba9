/** The window on a fake core: the fake must stand before the window starts. */
import './fake-lab.ts';
import '../../renderer/main.ts';
