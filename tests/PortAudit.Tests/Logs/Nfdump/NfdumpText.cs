using System.Globalization;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Nfdump;

/// <summary>Writes records as nfdump prints them.</summary>
internal static class NfdumpText
{
    /// <summary>A record of TCP from 192.0.2.1:50000 to 192.0.2.2:80, or of its answers, as version 1.7.1 prints it.
    /// </summary>
    /// <param name="flags">Letters of its flags.</param>
    /// <param name="packets">Packets.</param>
    /// <param name="isAnswer">True for what the server sent.</param>
    /// <param name="second">Second of its first packet.</param>
    /// <param name="more">Further fields, each with a comma behind it.</param>
    public static string Tcp(string flags, int packets, bool isAnswer = false, int second = 0, string more = "") =>
        Record($"\"first\" : \"{Time(second)}.007\", \"last\" : \"{Time(second + 1)}.250\", \"received\" : "
            + $"\"{Time(second + 20)}.000\", \"in_packets\" : {packets}, \"in_bytes\" : {packets * 60}, \"proto\" : 6, "
            + $"\"tcp_flags\" : \"{flags}\", \"src_port\" : {(isAnswer ? 80 : 50000)}, "
            + $"\"dst_port\" : {(isAnswer ? 50000 : 80)}, \"src4_addr\" : \"192.0.2.{(isAnswer ? 2 : 1)}\", "
            + $"\"dst4_addr\" : \"192.0.2.{(isAnswer ? 1 : 2)}\", " + more);

    /// <summary>A record of UDP between other addresses, whole by itself.</summary>
    /// <param name="number">Last number of its source.</param>
    public static string Udp(int number) => Record($"\"first\" : \"{Time(0)}.000\", \"last\" : \"{Time(1)}.000\", "
        + "\"in_packets\" : 2, \"in_bytes\" : 120, \"proto\" : 17, \"tcp_flags\" : \"........\", "
        + $"\"src_port\" : 40000, \"dst_port\" : 53, \"src4_addr\" : \"198.51.100.{number}\", "
        + "\"dst4_addr\" : \"198.51.100.200\", ");

    /// <summary>A record of some fields.</summary>
    /// <param name="fields">Fields, each with a comma behind it.</param>
    public static string Record(string fields) => "{\n\t\"type\" : \"FLOW\",\n\t\"sampled\" : 0,\n"
        + "\t\"export_sysid\" : 1,\n\t" + fields + "\n\t\"label\" : \"<none>\"\n}";

    /// <summary>An event of a firewall for a connection from 192.0.2.1:50000 to 192.0.2.2:443.</summary>
    /// <param name="kind">1 created, 2 torn down, 3 denied, 5 updated.</param>
    /// <param name="bytes">Bytes of the originator, or of both.</param>
    /// <param name="answer">Fields of what came back.</param>
    /// <param name="code">Extended event code.</param>
    public static string Event(int kind, int bytes, string answer = "", int code = 0) => Record(
        $"\"first\" : \"{Time(0)}.000\", \"last\" : \"1970-01-01T00:00:00.000\", \"in_packets\" : 0, "
        + $"\"in_bytes\" : {bytes}, \"proto\" : 6, \"tcp_flags\" : \"........\", \"src_port\" : 50000, "
        + $"\"dst_port\" : 443, \"src4_addr\" : \"192.0.2.1\", \"dst4_addr\" : \"192.0.2.2\", {answer}"
        + $"\"connect_id\" : \"77\", \"event_id\" : \"{kind}\", \"event\" : \"X\", \"xevent_id\" : \"{code}\", "
        + $"\"t_event\" : \"{Time(kind)}.35\", \"src4_xlt_ip\" : \"203.0.113.9\", \"src_xlt_port\" : \"1024\", "
        + "\"ingress_acl\" : \"0x1a/0x2b/0x0\", \"egress_acl\" : \"0x0/0x0/0x0\", ").Replace("FLOW", "EVENT",
            StringComparison.Ordinal);

    /// <summary>An array, as nfdump prints it without <c>-q</c>.</summary>
    public static string All(params string[] records) => "[\n" + string.Join(",\n", records) + "]\n";

    public static (List<FlowRecord> Flows, ObservationSummary Observation) Read(string text) =>
        ZeekText.Read(("flows.json", text));

    public static FlowRecord One(params string[] records) => Assert.Single(Read(All(records)).Flows);

    private static string Time(int second) => DateTimeOffset.FromUnixTimeSeconds(1_600_000_000 + second)
        .ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
