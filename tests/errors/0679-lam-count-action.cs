Action f = x => { };
