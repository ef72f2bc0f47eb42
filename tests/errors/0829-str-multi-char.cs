char c = 'ab';
