using Microsoft.Extensions.Configuration;

namespace MailStore.Configuration;

/// <summary>
/// The configuration as ASP.NET programs have it: appsettings.json in the working directory, over it the environment
/// (<c>MAILSTORE__LISTEN__0</c> is <c>MailStore:Listen:0</c>), over that the options of the command line.
/// </summary>
static class ProgramConfiguration
{
    const string FileName = "appsettings.json";

    /// <summary>Reads it.</summary>
    /// <param name="options">What the command line says, by key.</param>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static IConfigurationRoot Read(IReadOnlyDictionary<string, string?> options)
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(Directory.GetCurrentDirectory())
                .AddJsonFile(FileName, optional: true)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(options)
                .Build();
        }
        catch (InvalidDataException exception)
        {
            throw new UsageException($"{FileName} cannot be read: {exception.GetBaseException().Message}");
        }
    }
}
