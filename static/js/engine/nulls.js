/** Days that fail every comparison they should fail: a start later than any day, an end earlier than any. */
export const NO_START = 0x7fffffff;
export const NO_END = -0x80000000;
