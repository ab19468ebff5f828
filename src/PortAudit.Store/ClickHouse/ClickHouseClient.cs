using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using PortAudit.Store.Contract;

namespace PortAudit.Store.ClickHouse;

/// <summary>Queries of one server, over its HTTP interface: with formats that servers of 2018 know as well.</summary>
/// <param name="server">The server.</param>
/// <param name="address">Database, user and password.</param>
/// <param name="location">The store, as its user named it.</param>
internal sealed class ClickHouseClient(Uri server, ClickHouseAddress address, string location) : IDisposable
{
    /// <summary>Longest text of an error that is shown, in characters.</summary>
    private const int LongestProblem = 300;

    private const int BufferLength = 1 << 16;

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        BaseAddress = server,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Runs a query that gives nothing.</summary>
    public void Run(string query, string settings = "") => Send(query, null, settings).Dispose();

    /// <summary>Puts rows into a table.</summary>
    /// <param name="query">The query, up to its format.</param>
    /// <param name="rows">The rows in this format.</param>
    /// <param name="settings">Settings of the query, each with an ampersand before it.</param>
    public void Insert(string query, ReadOnlyMemory<byte> rows, string settings) =>
        Send(query, rows, settings).Dispose();

    /// <summary>The rows that a query gives, in its format.</summary>
    /// <exception cref="OperationCanceledException">The wait for the first of them was cancelled.</exception>
    public Stream Read(string query, CancellationToken cancellation = default) =>
        new BufferedStream(Send(query, null, "", cancellation).Content.ReadAsStream(cancellation), BufferLength);

    /// <summary>The number that a query gives.</summary>
    public long Scalar(string query)
    {
        using var reader = new StreamReader(Read($"{query} FORMAT TabSeparated"));
        var text = reader.ReadToEnd().Trim();
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new StoreException(location, $"{server.Authority} answered '{Cut(text)}' where a number belongs");
    }

    public void Dispose() => _http.Dispose();

    private HttpResponseMessage Send(string query, ReadOnlyMemory<byte>? body, string settings,
        CancellationToken cancellation = default)
    {
        var path = $"/?database={address.Database}{settings}";
        using var request = new HttpRequestMessage(HttpMethod.Post,
            body is null ? path : $"{path}&query={Uri.EscapeDataString(query)}")
        {
            Content = body is { } rows ? new ReadOnlyMemoryContent(rows) : new StringContent(query),
        };
        request.Headers.Add("X-ClickHouse-User", address.User);
        if (address.Password.Length > 0)
            request.Headers.Add("X-ClickHouse-Key", address.Password);
        HttpResponseMessage? response = null;
        try
        {
            response = _http.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode)
                return response;
            using var reader = new StreamReader(response.Content.ReadAsStream(cancellation));
            throw new StoreException(location, ClickHouseProblem.Of(server.Authority, Cut(reader.ReadToEnd().Trim())));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            var reason = failure.InnerException is AuthenticationException refusal ? refusal : failure;
            throw new StoreException(location, $"{server.Authority}: {reason.Message}");
        }
        catch (StoreException)
        {
            response?.Dispose();
            throw;
        }
    }

    private static string Cut(string text) => text.Length <= LongestProblem ? text : $"{text[..LongestProblem]}…";
}
