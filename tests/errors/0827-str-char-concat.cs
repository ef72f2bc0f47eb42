char c = 'a' + 'b';
