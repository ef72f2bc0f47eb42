string s = 'hello';
