var x = System;
