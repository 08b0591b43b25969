using System.CommandLine;

var root = new RootCommand("Serves and administers a mail store.");

return await root.Parse(args).InvokeAsync();
