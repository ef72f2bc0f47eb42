var x = Math.Squareroot(4);
