Action a = () => { return 1; };
