using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>Damage that makes no impossible length is no packets either, and what writers err in stays read.</summary>
public sealed class PcapSuspectTests
{
    private const int Packets = 60;
    private const uint Begin = 1_700_000_000;
    private const uint Day = 86_400;

    /// <summary>Packets that one damage may cost: those it touches, and one more whose begin it hides.</summary>
    private const int MaximumCost = 3;

    [Fact]
    public void A_bit_of_a_captured_length_costs_few_packets()
    {
        var (bytes, begins) = Sample();
        for (var bit = 0; bit < 32; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[begins[5 + bit] + 8 + bit / 8] ^= (byte)(1 << bit % 8);
            AssertCosts(damaged, MaximumCost, $"bit {bit}");
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public void Zeros_in_place_of_a_sector_cost_the_packets_that_they_touch(int zeros)
    {
        var (bytes, begins) = Sample();
        for (var at = begins[5]; at < begins[6]; at++)
        {
            var damaged = bytes.ToArray();
            damaged.AsSpan(at, zeros).Clear();
            AssertCosts(damaged, begins.Count(begin => begin > begins[5] && begin < at + zeros) + MaximumCost,
                $"at {at}");
        }
    }

    [Fact]
    public void Bytes_that_are_lost_cost_few_packets()
    {
        var (bytes, begins) = Sample();
        for (var lost = 1; lost < 300; lost++)
        {
            var at = begins[9] + 16 + lost % 44;
            byte[] damaged = [.. bytes[..at], .. bytes[(at + lost)..]];
            AssertCosts(damaged, begins.Count(begin => begin >= at && begin < at + lost) + MaximumCost, $"{lost} lost");
        }
    }

    [Fact]
    public void A_time_that_nothing_confirms_spoils_no_search()
    {
        var file = new PcapBytes();
        for (var i = 0u; i < 10; i++)
            file.Record(Begin + i, 0, [1]);
        file.Record(0, 0, [2]).Raw(Enumerable.Repeat((byte)0xFF, 64).ToArray());
        for (var i = 0u; i < 4; i++)
            file.Record(Begin + i, 0, [3]);
        file.Raw([1]);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Equal(14, packets.Count);
        Assert.Equal("the record at offset 194 has a time a day and more from those before it, and no sound record "
            + "follows where it ends; reading goes on 81 bytes behind it, at offset 275",
                Assert.Single(source.Annotations.Damages).Reason);
    }

    public static TheoryData<string, uint[]> Clocks => new()
    {
        { "a jump ahead", [Begin, Begin + 1, Begin + 900 * Day, Begin + 900 * Day + 1, Begin + 900 * Day + 2] },
        { "a jump back", [Begin, Begin + 1, 5, 6, 7, 8] },
        { "from 1970 on", [0, 0, 1, Begin, Begin + 1, Begin + 2] },
        { "2106", [uint.MaxValue - 1, uint.MaxValue, uint.MaxValue] },
        { "one time that is alone", [Begin, Begin + 1, 7, Begin + 2, uint.MaxValue, Begin + 3] },
        { "two clocks", [Begin, 9, Begin + 1, 10, Begin + 2, 11] },
        { "backwards", [Begin, Begin - 2 * Day, Begin - 4 * Day, Begin - 6 * Day, Begin - 8 * Day] },
        { "a packet in two days", [Begin, Begin + 2 * Day, Begin + 4 * Day, Begin + 6 * Day, Begin + 8 * Day] },
        { "the last alone", [Begin, Begin + 1, 7] },
        { "the first alone", [7, Begin, Begin + 1] },
    };

    [Theory]
    [MemberData(nameof(Clocks))]
    public void Any_clock_is_read_where_records_follow_each_other(string clock, uint[] seconds)
    {
        // Bytes behind the last whole record: what is believed does not rest on the end of the capture.
        foreach (var (captured, cut) in new[] { (40u, 0), (40u, 9) })
        {
            var file = new PcapBytes();
            foreach (var second in seconds)
                file.Record(second, 1, new byte[captured]);
            var (packets, source) = PacketCopy.All([.. file.ToArray(), .. new byte[cut]]);
            Assert.Equal(seconds.Select(second => second * 1_000_000_000L + 1000),
                packets.Select(packet => packet.TimestampNs));
            Assert.Empty(source.Annotations.Damages);
            Assert.True(source.Ending!.Kind == (cut == 0 ? CaptureEndKind.Complete : CaptureEndKind.Cut), clock);
        }
    }

    [Theory]
    [InlineData(0u, 40u, 20u)]
    [InlineData(0u, 40u, 0u)]
    [InlineData(0u, 40u, uint.MaxValue)]
    [InlineData(0u, 0u, 60u)]
    [InlineData(0u, 0u, 0u)]
    [InlineData(1_500_000u, 40u, 40u)]
    [InlineData(uint.MaxValue, 40u, 40u)]
    [InlineData(1_500_000u, 40u, 20u)]
    public void A_writer_that_errs_is_read(uint fraction, uint captured, uint original)
    {
        foreach (var errs in new Func<int, bool>[] { _ => true, i => i == 3, i => i == 0, i => i == Packets - 1 })
        {
            var file = new PcapBytes();
            for (var i = 0; i < Packets; i++)
            {
                if (errs(i))
                    file.Record(Begin + (uint)i * 7_000, fraction, new byte[captured], original);
                else
                    file.Record(Begin + (uint)i * 7_000, 0, [1]);
            }

            var (packets, source) = PacketCopy.All(file.ToArray());
            Assert.Equal(Packets, packets.Count);
            Assert.Equal(new CaptureEnd(CaptureEndKind.Complete, file.Length, ""), source.Ending);
            Assert.Empty(source.Annotations.Damages);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(16 * 32)]
    [InlineData(4096)]
    [InlineData(3_000_007)]
    public void Zeros_are_no_packets(int zeros)
    {
        foreach (var isBigEndian in new[] { false, true })
        {
            var file = new PcapBytes(isBigEndian: isBigEndian);
            for (var i = 0u; i < 10; i++)
                file.Record(Begin + i, 0, [1]);
            var offset = file.Length;
            file.Raw(new byte[zeros]);
            var (before, tail) = PacketCopy.All(file.ToArray());
            Assert.Equal((10, CaptureEndKind.Damaged, offset),
                (before.Count, tail.Ending!.Kind, (int)tail.Ending.Offset));
            Assert.Equal($"the record at offset {offset} is all zeros, as a hole in a file is; packets 1-10 precede it",
                tail.Ending.Reason);

            // A time that begins with a zero byte must not be taken for one of the hole.
            for (var i = 0u; i < 10; i++)
                file.Record((Begin & ~0xFFu) + i, 0, [2]);
            var (all, source) = PacketCopy.All(file.ToArray());
            Assert.Equal(20, all.Count);
            var damage = Assert.Single(source.Annotations.Damages);
            Assert.Equal((offset, zeros), ((int)damage.Offset, (int)damage.Length));
        }
    }

    [Fact]
    public void A_hole_is_passed_over_whatever_its_size()
    {
        var file = new PcapBytes().Record(Begin, 0, [1]).Raw(new byte[RecordSearch.MaximumBytes + 100]);
        for (var i = 0u; i < 3; i++)
            file.Record(Begin + i, 0, [2]);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Equal(4, packets.Count);
        Assert.Equal(RecordSearch.MaximumBytes + 100, Assert.Single(source.Annotations.Damages).Length);
    }

    [Fact]
    public void A_suspect_in_a_pipe_waits_for_the_next_header_only()
    {
        var file = new PcapBytes(0xA1B23C4D).Record(Begin, 0, [1]).Record(Begin, 0, [2], original: 0);
        var next = file.Length + 16;
        var pipe = new ScriptedStream(file.Record(Begin, 0, [3]).Record(Begin, 0, [4]).ToArray(), 1);
        using var source = CaptureFile.Open(pipe, "-");
        Assert.True(source.TryRead(out _));
        Assert.True(source.TryRead(out _));
        Assert.Equal(next, pipe.Given);
    }

    [Fact]
    public void A_suspect_costs_no_allocation()
    {
        var file = new PcapBytes();
        for (var i = 0u; i < 40_000; i++)
            file.Record(i % 2 == 0 ? 0 : Begin, 0, [1], original: i % 4 == 3 ? 0u : 1u);
        using var source = CaptureFile.Open(new MemoryStream(file.ToArray()), "-");
        for (var i = 0; i < 20_000; i++)
            Assert.True(source.TryRead(out _));
        var allocated = Allocation.LeastMeasured(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 4_000; i++)
                source.TryRead(out _);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal(0, allocated);
    }

    private static void AssertCosts(byte[] damaged, int most, string what)
    {
        var (packets, source) = PacketCopy.All(damaged);
        var sound = packets.Count(packet =>
            packet.Hex.Length == 2 * LengthOf((int)(packet.TimestampNs / 1_000_000_000 - Begin)));
        Assert.True(sound >= Packets - most, $"{what}: {sound} of {Packets} packets are left, {source.Ending}");
        Assert.True(source.Ending!.IsComplete, what);
        Assert.InRange(source.Annotations.Damages.Length, 1, 3);
    }

    private static int LengthOf(int i) => i is >= 0 and < Packets ? 54 + i * 37 % 900 : 0;

    private static (byte[] Bytes, List<int> Begins) Sample()
    {
        var random = new Random(20261123);
        var begins = new List<int>();
        var file = new PcapBytes();
        for (var i = 0; i < Packets; i++)
        {
            begins.Add(file.Length);
            var frame = new byte[LengthOf(i)];
            random.NextBytes(frame);
            file.Record(Begin + (uint)i, 500, frame);
        }

        // What damage claims would reach beyond the end of a shorter file, which is then taken for one that was cut.
        for (var i = 0; i < 6; i++)
            file.Record(Begin + Packets + (uint)i, 500, new byte[60_000]);
        return (file.ToArray(), begins);
    }
}
