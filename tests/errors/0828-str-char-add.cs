char c = 'a';
c = c + 1;
