using MailStore.Commands;

return await CommandLine.RunAsync(args, Terminal.OfProcess());
