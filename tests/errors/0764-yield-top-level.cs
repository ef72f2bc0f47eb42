yield return 1;
