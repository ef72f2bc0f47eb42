while (true) { Action a = () => { break; }; }
