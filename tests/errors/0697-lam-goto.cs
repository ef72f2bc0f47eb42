L: Action a = () => { goto L; };
