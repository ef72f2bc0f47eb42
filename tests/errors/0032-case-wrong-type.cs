string s = "a";
Int32 i = 1;
int32 j = 2;
