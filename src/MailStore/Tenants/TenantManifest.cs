using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailStore.Tenants;

/// <summary>What an exported tenant was, beside the octets of its mail: the file <see cref="FileName"/> in the folder.</summary>
sealed record TenantManifest
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "tenant.json";

    /// <summary>The version that is written, and the only one that is read.</summary>
    public const int CurrentFormat = 1;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The version of this file's form.</summary>
    public required int Format { get; init; }

    /// <summary>The tenant's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it was suspended.</summary>
    public required AccountState State { get; init; }

    /// <summary>How many users it might have; null for no limit.</summary>
    public required int? MaxUsers { get; init; }

    /// <summary>Its domains.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>Its users.</summary>
    public required IReadOnlyList<UserManifest> Users { get; init; }

    /// <summary>Reads it from a folder.</summary>
    /// <exception cref="IOException">There is none, or it is none.</exception>
    public static async Task<TenantManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new IOException($"The folder {folder} is no exported tenant: it has no file {FileName}.");
        try
        {
            await using var file = File.OpenRead(path);
            var manifest = await JsonSerializer.DeserializeAsync<TenantManifest>(file, Json, cancellationToken);
            return manifest is { Format: CurrentFormat } ? manifest : throw new IOException($"{path} has the format {manifest?.Format}, and this version reads {CurrentFormat}.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"{path} is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Writes it into a folder, for the owner's eyes only: with what is stored of passwords these can be tried.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(Path.Combine(folder, FileName), options);
        await JsonSerializer.SerializeAsync(file, this, Json, cancellationToken);
    }
}
