Action a = () => { };
a(1);
