using Backend.Benchmarks;
using Backend.Benchmarks.Engines;
using Backend.Benchmarks.Reports;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

if (BenchmarkOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

StoreBenchmarks.Engines = options.Engines;
await SeededStore.OpenAsync(options.Engines);
try
{
    Type[] types = [.. typeof(Program).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(StoreBenchmarks)) && !type.IsAbstract).OrderBy(static type => type.Name)];
    var config = BenchmarkConfiguration.Of(options);
    var summaries = new List<Summary>();
    for (var round = 0; !options.Paired && round < options.Rounds; round++)
        summaries.AddRange(BenchmarkRunner.Run(types, config));
    List<OperationFigures> figures = options.Paired ? await PairedRun.RunAsync(types, config) : [.. SummaryFigures.Of(summaries)];
    var tables = string.Join('\n', options.Engines.Select(engine => RatioTable.Of(figures, engine)));
    Console.WriteLine(tables);
    if (options.Markdown is { } file)
        await File.WriteAllTextAsync(file, tables);
    return summaries.All(static summary => summary.Reports.All(static report => report.Success)) ? 0 : 1;
}
finally
{
    await SeededStore.CloseAsync();
}
