await 5;
