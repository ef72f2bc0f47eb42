float f = 2.5 * 2;
