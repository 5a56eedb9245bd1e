throw new Error("dead on arrival");
