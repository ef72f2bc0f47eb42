short a = 1;
a = a + 1;
