using System.IO.Pipelines;

namespace Fuzz.Tests;

/// <summary>Both directions of a connection.</summary>
sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
