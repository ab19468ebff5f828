using System.Buffers.Binary;
using System.Text.Json;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Observation;
using static PortAudit.Tests.Logs.NetFlow.ExportBytes;

namespace PortAudit.Tests.Logs.NetFlow;

/// <summary>Records lost on the way to the collector, by the sequence numbers of their datagrams.</summary>
public sealed class SequenceNumberTests
{
    /// <summary>Packets of each record.</summary>
    private const int Packets = 7;

    [Theory]
    [InlineData(5, 2)]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    [InlineData(9, 2)] // counts records, as some do
    [InlineData(10, 1)] // counts datagrams, as some do
    public void Datagrams_that_are_missing_are_lost_records(int version, int step)
    {
        var observation = Observe(version, [.. Enumerable.Range(0, 20).Where(index => index is not (8 or 9))
            .Select(index => (long)index * step)]);

        Assert.Contains("some 4 records were lost, and 36 came", observation.Captures[0].Annotations.Oddity,
            StringComparison.Ordinal);
        Assert.Equal(4 * Packets, observation.Points.Single().Dropped);
        Assert.Equal(4 * Packets, observation.Captures[0].Annotations.Dropped);
    }

    /// <summary>Numbers that say of no loss: in order, over the end of their range, late ones, an exporter that began
    /// anew, one that does not count, two that share a number.</summary>
    [Theory]
    [InlineData("0 1 2 3 4 5 6 7")]
    [InlineData("4294967293 4294967294 4294967295 0 1 2 3")]
    [InlineData("0 1 2 4 3 5 6 7 9 8 10 11")]
    [InlineData("90000 90001 90002 90003 90004 0 1 2 3 4")]
    [InlineData("0 1 2 3 3000000 3000001 3000002 3000003")]
    [InlineData("5 5 5 5 5 5 5 5 5 5")]
    [InlineData("0 1 2 3 5000 5001 5002 4 5 6 7 5003 5004 5005 8 9")]
    [InlineData("0 10 20 30 40 50 60")]
    [InlineData("0 9 10 11")]
    public void Numbers_in_order_or_without_one_say_of_no_loss(string numbers)
    {
        var observation = Observe(9, [.. numbers.Split(' ').Select(long.Parse)]);

        Assert.Null(observation.Captures[0].Annotations.Oddity);
        Assert.Null(observation.Captures[0].Annotations.Dropped);
        Assert.Equal(0, observation.Points.Single().Dropped);
    }

    [Fact]
    public void Records_may_be_counted_with_those_of_the_datagram()
    {
        // Two datagrams of one record come among those of two.
        byte[][] all = [.. Enumerable.Range(0, 14).Select(index => index is 5 or 9
            ? Numbered(10, 28, Ipfix(7, Set(256, Record(1, 60000 + index, 2, 80, 2, Packets, 700))))
            : Datagram(10, 0, index))];
        var number = 0u;
        for (var index = 0; index < all.Length; index++)
            Numbered(10, number += index is 5 or 9 ? 1u : 2, all[index]);

        Assert.Null(Read([.. all.SelectMany(bytes => bytes)]).Observation.Captures[0].Annotations.Dropped);
        Assert.Equal(2 * Packets, Read([.. all.Where((_, index) => index != 7).SelectMany(bytes => bytes)])
            .Observation.Captures[0].Annotations.Dropped);
    }

    [Fact]
    public void Another_file_begins_anew()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["1.dat"], Datagrams(9, [0, 1, 2, 3, 4]));
        File.WriteAllBytes(directory["2.dat"], Datagrams(9, [70, 71, 72, 73, 74]));

        var run = CommandRun.Of("flows", directory["1.dat"], directory["2.dat"], "--format", "csv");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("lost", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_many_are_lost_no_absence_counts()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["1.dat"], Datagrams(9, [0, 1, 2, 3, 4, 5, 6, 9, 10, 11]));
        ZeekText.Write(directory["site.yaml"], """
            site: test
            catalogs: [windows-server]
            hosts:
              - { name: client, addresses: [192.0.2.1], roles: [domain-client] }
              - { name: server, addresses: [192.0.2.2], roles: [domain-controller] }
            """);

        var report = JsonDocument.Parse(CommandRun.Of("audit", directory["1.dat"], "--site", directory["site.yaml"],
            "--json", "-").Output).RootElement;

        Assert.Contains("The captures report 28 packets lost before being recorded",
            report.GetProperty("coverage").GetProperty("cannot_say").ToString(), StringComparison.Ordinal);
        Assert.Contains("28 packets were lost and 140 recorded, so what it did not see proves nothing.",
            report.GetProperty("rules").ToString(), StringComparison.Ordinal);
    }

    private static ObservationSummary Observe(int version, long[] numbers) =>
        Read(Datagrams(version, numbers)).Observation;

    /// <summary>A datagram of two records for each sequence number, behind a template that comes first.</summary>
    private static byte[] Datagrams(int version, long[] numbers) =>
        [.. numbers.SelectMany((number, index) => Datagram(version, (uint)number, index))];

    private static byte[] Datagram(int version, uint number, int index)
    {
        byte[][] records = [Record(1, 50000 + index, 2, 80, 0x1B, Packets, 700), Record(2, 80, 1, 50000 + index, 0x1B,
            Packets, 900)];
        byte[][] sets = index == 0 ? [Set(0, Template(256, Usual)), Set(256, records)] : [Set(256, records)];
        var bytes = version switch
        {
            5 => Version5(0, Fixed(1, 50000 + index, 2, 80, 0x1B, Packets, 700),
                Fixed(2, 80, 1, 50000 + index, 0x1B, Packets, 900)),
            9 => Version9(7, sets),
            _ => Ipfix(7, index == 0 ? [Set(2, Template(256, Usual)), Set(256, records)] : sets),
        };
        return Numbered(version, number, bytes);
    }

    private static byte[] Numbered(int version, uint number, byte[] bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(version switch { 5 => 16, 9 => 12, _ => 8 }), number);
        return bytes;
    }
}
