using System.Buffers.Binary;
using System.Globalization;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.NetFlow;

/// <summary>Export datagrams made by hand, and what is read of them.</summary>
internal static class ExportBytes
{
    /// <summary>Time of export, 2020-09-13T12:26:40Z, at an uptime of 1,000,000 ms.</summary>
    public const uint Seconds = 1_600_000_000;

    public const uint Uptime = 1_000_000;

    /// <summary>Addresses, ports, protocol, flags, packets, bytes, first and last uptime: 31 bytes.</summary>
    public static readonly (int Field, int Length)[] Usual =
        [(8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (6, 1), (2, 4), (1, 4), (22, 4), (21, 4)];

    /// <summary>A record of <see cref="Usual"/>, from 192.0.2.<paramref name="from"/>.</summary>
    public static byte[] Record(int from, int fromPort, int to, int toPort, int flags, int packets, int bytes,
        long first = 990_000, long last = 991_000, int protocol = 6) =>
        [
            192, 0, 2, (byte)from, 192, 0, 2, (byte)to, .. Short(fromPort), .. Short(toPort), (byte)protocol,
            (byte)flags, .. Word(packets), .. Word(bytes), .. Word(first), .. Word(last),
        ];

    /// <summary>A record of v5, from the same values.</summary>
    public static byte[] Fixed(int from, int fromPort, int to, int toPort, int flags, int packets, int bytes,
        long first = 990_000, long last = 991_000, int protocol = 6) =>
        [
            192, 0, 2, (byte)from, 192, 0, 2, (byte)to, 0, 0, 0, 0, 0, 1, 0, 2, .. Word(packets), .. Word(bytes),
            .. Word(first), .. Word(last), .. Short(fromPort), .. Short(toPort), 0, (byte)flags, (byte)protocol,
            0, 0, 0, 0, 0, 0, 0, 0, 0,
        ];

    public static byte[] Version5(int sampling, params byte[][] records) => Of(5, records.Length, sampling, records);

    public static byte[] Of(int version, int count, int sampling, params byte[][] records) =>
    [
        .. Short(version), .. Short(count), .. Word(Uptime), .. Word(Seconds), .. Word(0), .. Word(1), 0, 0,
        .. Short(sampling), .. records.SelectMany(bytes => bytes),
    ];

    public static byte[] Version9(uint domain, params byte[][] sets) =>
    [
        .. Short(9), .. Short(sets.Length), .. Word(Uptime), .. Word(Seconds), .. Word(1), .. Word(domain),
        .. sets.SelectMany(set => set),
    ];

    public static byte[] Ipfix(uint domain, params byte[][] sets)
    {
        byte[] all = [.. sets.SelectMany(set => set)];
        return [.. Short(10), .. Short(all.Length + 16), .. Word(Seconds), .. Word(1), .. Word(domain), .. all];
    }

    public static byte[] Set(int id, params byte[][] contents)
    {
        byte[] all = [.. contents.SelectMany(bytes => bytes)];
        return [.. Short(id), .. Short(all.Length + 4), .. all];
    }

    /// <summary>A template; a field beyond 65,535 is that of an enterprise.</summary>
    public static byte[] Template(int id, params (int Field, int Length)[] fields) =>
        [.. Short(id), .. Short(fields.Length), .. fields.SelectMany(Field)];

    /// <summary>An enterprise's field, for <see cref="Template"/>.</summary>
    public static int Enterprise(int enterprise, int field) => (enterprise << 15) | field | (1 << 30);

    public static byte[] Short(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] Word(long value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        return bytes;
    }

    public static byte[] Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Reads datagrams, one behind another in a file.</summary>
    public static (List<FlowRecord> Flows, ObservationSummary Observation) Read(params byte[][] datagrams) =>
        ReadFiles([.. datagrams.SelectMany(bytes => bytes)]);

    /// <summary>Reads files, in this order.</summary>
    public static (List<FlowRecord> Flows, ObservationSummary Observation) ReadFiles(params byte[][] files)
    {
        using var directory = new TemporaryDirectory();
        var paths = new List<string>();
        foreach (var file in files)
        {
            paths.Add(directory[string.Create(CultureInfo.InvariantCulture, $"{paths.Count:D3}.dat")]);
            File.WriteAllBytes(paths[^1], file);
        }

        var flows = new List<FlowRecord>();
        var logs = FlowLogSet.Open(paths);
        var observation = logs.Read(new LogOptions(), flows.Add, null, CancellationToken.None);
        return (flows, observation);
    }

    /// <summary>The one flow of datagrams.</summary>
    public static FlowRecord One(params byte[][] datagrams) => Assert.Single(Read(datagrams).Flows);

    /// <summary>What is said of the first file: damage, then what is odd.</summary>
    public static string Said(ObservationSummary observation) => string.Join("; ",
        observation.Captures.SelectMany(capture => capture.Annotations.Damages.Select(damage => damage.Reason)
            .Append(capture.Annotations.Oddity ?? "").Append(capture.End.Reason)));

    private static IEnumerable<byte> Field((int Field, int Length) field) => field.Field < 1 << 30
        ? [.. Short(field.Field), .. Short(field.Length)]
        :
        [
            .. Short((field.Field & 0x7FFF) | 0x8000), .. Short(field.Length),
            .. Word((field.Field & ~(1 << 30)) >> 15),
        ];
}
