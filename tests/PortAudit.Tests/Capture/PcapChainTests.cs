using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>A file whose records end exactly where it does has lost nothing, however odd what they say of themselves.
/// </summary>
public sealed class PcapChainTests
{
    private const uint Begin = 1_700_000_000;
    private const uint Year = 31_536_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(24)]
    [InlineData(700)]
    public void Records_with_odd_lengths_and_times_are_all_read(int records)
    {
        var (packets, source) = Read(Odd(records));

        Assert.Equal(records, packets);
        Assert.Equal(CaptureEndKind.Complete, source.Ending!.Kind);
        Assert.Empty(source.Annotations.Damages);
        Assert.StartsWith($"{records} record", source.Annotations.Oddity, StringComparison.Ordinal);
    }

    [Fact]
    public void Captured_lengths_beyond_the_original_ones_are_worth_a_warning()
    {
        var file = new PcapBytes();
        for (var i = 0u; i < 9; i++)
            file.Record(Begin + i, 0, new byte[60], original: 44);
        var (packets, source) = Read(file);

        Assert.Equal(9, packets);
        Assert.StartsWith("9 records have odd lengths", source.Annotations.Oddity, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_end_beyond_the_file_are_damage_as_before()
    {
        var (packets, source) = Read(Odd(6).Raw([1, 2, 3, 4, 5]));

        Assert.NotEqual(6, packets);
        Assert.NotEqual(CaptureEndKind.Complete, source.Ending!.Kind);
    }

    [Fact]
    public void Sound_records_are_worth_no_warning()
    {
        var file = new PcapBytes();
        for (var i = 0u; i < 9; i++)
            file.Record(Begin + i, 0, new byte[60]);

        Assert.Null(Read(file).Source.Annotations.Oddity);
    }

    private static PcapBytes Odd(int records)
    {
        var file = new PcapBytes();
        for (var i = 0; i < records; i++)
        {
            var frame = new byte[60 + i % 7];
            frame.AsSpan().Fill(0x55);
            file.Record(Begin + (uint)(i * 7919 % 40) * Year, 0, frame, original: 44);
        }

        return file;
    }

    private static (int Packets, ICaptureSource Source) Read(PcapBytes file)
    {
        var (packets, source) = PacketCopy.All(file.ToArray());
        return (packets.Count, source);
    }
}
