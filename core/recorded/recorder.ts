/** The Python file that records a training elsewhere. */
import recorder from '../../assets/recorder/label_noise_lab.py?raw';

/** Its text; it needs NumPy alone. */
export const RECORDER: string = recorder;
