using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Store;

/// <summary>Two servers of ClickHouse on loopback, the shards of a cluster (tools/lab/clickhouse.sh).</summary>
internal sealed class ClickHouseServers : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly int[] _ports = FreePorts(4);

    public ClickHouseServers() => Script("start", [.. _ports.Select(Text)]);

    /// <summary>A name and password that they know.</summary>
    public const string Auditor = "auditor";

    public const string Password = "open sesame";

    private string Servers => $"127.0.0.1:{_ports[0]},127.0.0.1:{_ports[2]}";

    /// <summary>The store of a database.</summary>
    public string Address(string database, string user = "default") =>
        $"clickhouse://{user}@{Servers}/{database}?cluster=two";

    /// <summary>Makes a database on both.</summary>
    public void Make(string database)
    {
        foreach (var server in new[] { 0, 1 })
            Query(server, $"CREATE DATABASE {database}");
    }

    /// <summary>The answer of a server.</summary>
    public string Query(int server, string query)
    {
        using var http = new HttpClient();
        using var content = new StringContent(query);
        using var response = http.PostAsync(new Uri($"http://127.0.0.1:{_ports[server * 2]}/"), content).Result;
        return response.Content.ReadAsStringAsync().Result.Trim();
    }

    /// <summary>Ends a server at once.</summary>
    public void Kill(int server)
    {
        var id = File.ReadAllText(Path.Combine(_directory["servers"], Text(server + 1), "pid"));
        using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        Script("stop", []);
        _directory.Dispose();
    }

    private void Script(string action, string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo("bash",
            [Repository.PathOf("tools", "lab", "clickhouse.sh"), action, _directory["servers"], .. words]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Ports that are free now: held all at once, so that they differ.</summary>
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
