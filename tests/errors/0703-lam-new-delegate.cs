var a = new Action(1);
