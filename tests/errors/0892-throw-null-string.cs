throw new string('a', 1);
