using System.Globalization;
using System.IO.Compression;
using System.Text;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Zeek;

/// <summary>Logs of Zeek made by hand, and what is read of them.</summary>
internal static class ZeekText
{
    public const string Columns = "ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\t"
        + "orig_bytes\tresp_bytes\tconn_state\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes";

    /// <summary>An ordinary connection.</summary>
    public const string Row = "1600000000.000001\tCone\t10.0.0.1\t50000\t10.0.0.2\t80\ttcp\thttp\t1.5\t100\t200\tSF\t"
        + "ShADadFf\t6\t340\t5\t420";

    /// <summary>The head of a log.</summary>
    public static string Head(string path, string columns) =>
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t" + path
        + "\n#open\t2020-09-13-12-26-40\n#fields\t" + columns + "\n#types\tunused\n";

    /// <summary>A whole conn.log.</summary>
    public static string Connections(params string[] rows) =>
        Head("conn", Columns) + string.Concat(rows.Select(row => row + "\n")) + "#close\t2020-09-13-13-00-00\n";

    /// <summary>A row of a TCP connection.</summary>
    public static string Tcp(int seconds, string state, string history, int sent, int received, int payload = 0,
        string service = "-") => string.Create(CultureInfo.InvariantCulture,
            $"16000{seconds:D5}.000000\tC{seconds}\t10.0.0.1\t{40000 + (seconds % 20000)}\t10.0.0.2\t80\ttcp\t"
                + $"{service}\t-\t0\t{payload}\t{state}\t{history}\t{sent}\t{sent * 40}\t{received}\t{received * 40}");

    public static void Write(string path, string text) => File.WriteAllText(path, text, new UTF8Encoding(false));

    public static void WriteGzip(string path, string text)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Reads files, by name.</summary>
    public static (List<FlowRecord> Flows, ObservationSummary Observation) Read(
        params (string Name, string Text)[] files)
    {
        using var directory = new TemporaryDirectory();
        foreach (var (name, text) in files)
            Write(directory[name], text);
        return Read(files.Select(file => directory[file.Name]));
    }

    public static (List<FlowRecord> Flows, ObservationSummary Observation) Read(IEnumerable<string> paths)
    {
        var flows = new List<FlowRecord>();
        var logs = FlowLogSet.Open(paths);
        Assert.Empty(logs.Problems);
        var observation = logs.Read(new LogOptions(), flows.Add, null, CancellationToken.None);
        return (flows, observation);
    }

    /// <summary>The one flow of a conn.log with one row.</summary>
    public static FlowRecord One(string row, params (string Name, string Text)[] beside) =>
        Assert.Single(Read([("conn.log", Connections(row)), .. beside]).Flows);
}
