function F() { }
