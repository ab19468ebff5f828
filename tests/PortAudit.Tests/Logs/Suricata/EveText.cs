using System.Globalization;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Suricata;

/// <summary>EVE logs of Suricata made by hand, and what is read of them.</summary>
internal static class EveText
{
    /// <summary>An ordinary connection.</summary>
    public const string Flow =
        "{\"timestamp\":\"2020-09-13T12:27:50.000000+0000\",\"flow_id\":1100,\"event_type\":\"flow\","
        + "\"src_ip\":\"10.0.0.1\",\"src_port\":50000,\"dest_ip\":\"10.0.0.2\",\"dest_port\":80,\"proto\":\"TCP\","
        + "\"app_proto\":\"http\",\"flow\":{\"pkts_toserver\":6,\"pkts_toclient\":5,\"bytes_toserver\":424,"
        + "\"bytes_toclient\":490,\"start\":\"2020-09-13T14:26:40.000001+0200\","
        + "\"end\":\"2020-09-13T14:26:41.500001+0200\",\"age\":1,\"state\":\"closed\",\"reason\":\"timeout\","
        + "\"alerted\":false},\"tcp\":{\"tcp_flags\":\"1b\",\"tcp_flags_ts\":\"1b\",\"tcp_flags_tc\":\"1b\","
        + "\"syn\":true,\"fin\":true,\"psh\":true,\"ack\":true,\"state\":\"closed\"}}";

    /// <summary>A flow event of TCP.</summary>
    public static string Tcp(string there, string back, int sent, int received, int second = 0, int port = 80,
        string rest = "")
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"2020-09-13T12:{second / 60:D2}:{second % 60:D2}");
        return Line($$"""
            {"timestamp":"{{time}}.5+0000","flow_id":{{1000 + second}},"event_type":"flow","src_ip":"10.0.0.1",
            "src_port":{{40000 + second}},"dest_ip":"10.0.0.2","dest_port":{{port}},"proto":"TCP",{{rest}}
            "flow":{"pkts_toserver":{{sent}},"pkts_toclient":{{received}},"bytes_toserver":{{sent * 60}},
            "bytes_toclient":{{received * 60}},"start":"{{time}}.000000+0000","end":"{{time}}.000000+0000",
            "state":"new"},"tcp":{"tcp_flags_ts":"{{there}}","tcp_flags_tc":"{{back}}"} }
            """);
    }

    /// <summary>A flow event without ports of TCP.</summary>
    public static string Other(string transport, string ends, string state, int sent, int received) => Line($$"""
        {"timestamp":"2020-09-13T12:00:09+0000","flow_id":7,"event_type":"flow","src_ip":"10.0.0.1",
        "dest_ip":"10.0.0.2",{{ends}},"proto":"{{transport}}",
        "flow":{"pkts_toserver":{{sent}},"pkts_toclient":{{received}},"bytes_toserver":{{sent * 70}},
        "bytes_toclient":{{received * 70}},"start":"2020-09-13T12:00:00+0000","end":"2020-09-13T12:00:00+0000",
        "state":"{{state}}"} }
        """);

    /// <summary>One direction of a flow.</summary>
    public static string Netflow(int id, string from, int fromPort, string to, int toPort, string flags,
        string protocol = "unknown", string transport = "TCP") => Line($$"""
        {"timestamp":"2020-09-13T12:00:09+0000","flow_id":{{id}},"event_type":"netflow","src_ip":"{{from}}",
        "src_port":{{fromPort}},"dest_ip":"{{to}}","dest_port":{{toPort}},"proto":"{{transport}}",
        "app_proto":"{{protocol}}","netflow":{"pkts":3,"bytes":210,"start":"2020-09-13T12:00:00+0000",
        "end":"2020-09-13T12:00:05+0000","age":5},"tcp":{"tcp_flags":"{{flags}}"} }
        """);

    /// <summary>An event of an application of the flow that <see cref="Tcp"/> makes.</summary>
    public static string Event(string type, string body, int port) => Line($$"""
        {"timestamp":"2020-09-13T12:00:01+0000","flow_id":1000,"event_type":"{{type}}","src_ip":"10.0.0.1",
        "src_port":40000,"dest_ip":"10.0.0.2","dest_port":{{port}},"proto":"TCP",
        "{{type}}":{{body}} }
        """);

    private static string Line(string text) => text.ReplaceLineEndings("");

    /// <summary>Reads one file of these lines.</summary>
    public static (List<FlowRecord> Flows, ObservationSummary Observation) Read(params string[] lines) =>
        ZeekText.Read(("eve.json", Of(lines)));

    /// <summary>The one flow of these lines.</summary>
    public static FlowRecord One(params string[] lines) => Assert.Single(Read(lines).Flows);

    public static string Of(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));
}
