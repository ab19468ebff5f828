using System.Collections.Immutable;
using PortAudit.Store.Contract;

namespace PortAudit.Store.ClickHouse;

/// <summary>Where a store in ClickHouse is, as its user writes it:
/// <c>clickhouse://[USER@]HOST:PORT[,HOST:PORT…]/DATABASE[?cluster=NAME][&amp;tls=true][&amp;password-file=FILE]</c>.
/// The ports are those of HTTP. With a cluster every shard is named, the first one keeps what was added.</summary>
/// <param name="Servers">Addresses of the servers, at least one.</param>
/// <param name="Database">The database, which has to be there.</param>
/// <param name="Cluster">The cluster, as the servers' configuration names it; null for one server.</param>
/// <param name="User">The user.</param>
/// <param name="Password">The password; empty without one.</param>
internal sealed record ClickHouseAddress(ImmutableArray<Uri> Servers, string Database, string? Cluster, string User,
    string Password)
{
    /// <summary>How such an address begins.</summary>
    public const string Scheme = "clickhouse://";

    /// <summary>The variable that holds a password: it stands in no command line and no history.</summary>
    public const string PasswordVariable = "PORTAUDIT_STORE_PASSWORD";

    private const string DefaultUser = "default";

    /// <summary>Reads an address.</summary>
    /// <exception cref="StoreException">It is none.</exception>
    public static ClickHouseAddress Parse(string text)
    {
        var rest = text[Scheme.Length..];
        var (body, query) = Split(rest, '?');
        var (authority, database) = Split(body, '/');
        var at = authority.LastIndexOf('@');
        var user = at < 0 ? DefaultUser : authority[..at];
        if (user.Contains(':', StringComparison.Ordinal))
            throw Wrong(Scheme + user[..user.IndexOf(':', StringComparison.Ordinal)],
                $"a password does not belong into an address: put it into {PasswordVariable}, or a file");
        if (!IsName(database) || !IsName(user))
            throw Wrong(text, "write clickhouse://USER@HOST:PORT/DATABASE, with names of letters, digits and '_'");
        var (cluster, isTls, passwordFile) = Options(text, query);
        return new ClickHouseAddress(
            [.. authority[(at + 1)..].Split(',').Select(server => ServerOf(text, server, isTls))],
            database, cluster, user, PasswordOf(text, passwordFile));
    }

    private static (string? Cluster, bool IsTls, string? PasswordFile) Options(string text, string query)
    {
        (string? Cluster, bool IsTls, string? PasswordFile) options = (null, false, null);
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(part, '=');
            options = (name, value) switch
            {
                ("cluster", _) when IsName(value) => options with { Cluster = value },
                ("tls", "true") => options with { IsTls = true },
                ("tls", "false") => options with { IsTls = false },
                ("password-file", { Length: > 0 }) => options with { PasswordFile = Uri.UnescapeDataString(value) },
                _ => throw Wrong(text, $"'{part}' is unknown; known are cluster=NAME, tls=true and password-file=FILE"),
            };
        }

        return options;
    }

    private static Uri ServerOf(string text, string server, bool isTls) =>
        Uri.TryCreate($"{(isTls ? "https" : "http")}://{server}/", UriKind.Absolute, out var uri)
            && uri is { Host.Length: > 0, AbsolutePath: "/" } && server.Contains(':', StringComparison.Ordinal)
            ? uri
            : throw Wrong(text, $"'{server}' is no HOST:PORT");

    private static string PasswordOf(string text, string? file)
    {
        if (file is null)
            return Environment.GetEnvironmentVariable(PasswordVariable) ?? "";
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Wrong(text, $"the file of the password cannot be read: {failure.Message}");
        }
    }

    private static (string Before, string Behind) Split(string text, char mark)
    {
        var index = text.IndexOf(mark, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    /// <summary>Names go into queries as they are.</summary>
    private static bool IsName(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static StoreException Wrong(string text, string problem) => new(text, problem);
}
