goto case 1;
