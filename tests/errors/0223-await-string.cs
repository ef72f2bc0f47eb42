var s = await "abc";
