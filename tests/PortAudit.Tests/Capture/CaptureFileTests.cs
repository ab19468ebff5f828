using System.Runtime.Versioning;
using System.Text;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class CaptureFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portaudit-capture-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_magic_number_and_not_the_name_tells_the_format()
    {
        var pcap = Write("a.pcapng", new PcapBytes().Record(1, 2, [7]).ToArray());
        var pcapng = Write("b.pcap", new PcapngBytes().Section().ToArray());
        using var first = CaptureFile.Open(pcap);
        using var second = CaptureFile.Open(pcapng);
        Assert.Equal("pcap, microseconds, little-endian", first.Format);
        Assert.Equal(pcap, first.Path);
        Assert.Single(PacketCopy.All(first));
        Assert.Equal("pcapng, little-endian", second.Format);
        Assert.Empty(PacketCopy.All(second));
        Assert.True(second.Ending!.IsComplete);
    }

    [Fact]
    public void A_file_may_be_read_while_it_is_written()
    {
        var path = Path.Combine(_folder.FullName, "growing.pcap");
        using var writer = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        writer.Write(new PcapBytes().ToArray());
        writer.Flush();
        using var source = CaptureFile.Open(path);
        Assert.False(source.TryRead(out _));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(_folder.FullName, "none", "x.pcap");
        var error = Assert.Throws<CaptureFormatException>(() => CaptureFile.Open(path));
        Assert.Equal(path, error.Path);
        Assert.Contains("no such file", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_refused() => AssertRefused(() => CaptureFile.Open(_folder.FullName), 0, "directory");

    [Fact]
    public void An_impossible_path_is_refused() => AssertRefused(() => CaptureFile.Open("a\0b"), 0, "cannot be opened");

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_without_permission_is_refused()
    {
        var path = Write("secret.pcap", new PcapBytes().ToArray());
        File.SetUnixFileMode(path, UnixFileMode.None);
        using var unprivileged = Unprivileged.Become();
        AssertRefused(() => CaptureFile.Open(path), 0, "permission");
    }

    [Fact]
    public void An_empty_file_is_refused() => AssertRefused([], 0, "empty (0 bytes)");

    [Fact]
    public void Three_bytes_are_refused() => AssertRefused([0xD4, 0xC3, 0xB2], 3, "holds 3 bytes");

    [Theory]
    [InlineData("28B52FFD00", "Zstandard", "zstd -dc FILE | portaudit")]
    [InlineData("FD377A585A00", "xz", "xz -dc FILE | portaudit")]
    [InlineData("04224D18", "LZ4", "lz4 -dc FILE | portaudit")]
    [InlineData("425A6839", "bzip2", "bzip2 -dc FILE | portaudit")]
    [InlineData("00000100 00000100 00000100 00000000 9A8B3C4D5E6FD501 0000000000000000 0000000000000000 00000000 "
        + "00000000 00000000 00000000 0000000000000000 0000000000000000 0200 02C0", "Windows (.etl)",
            "etl2pcapng FILE OUT.pcapng")]
    [InlineData("00000100 00000100 00000100 00000000 9A8B3C4D5E6FD501 0000000000000000 0000000000000000 00000000 "
        + "00000000 00000000 00000000 0000000000000000 0000000000000000 0200 01C0", "Windows (.etl)",
            "pktmon etl2pcap FILE")]
    [InlineData("0101 2C00 03000000 4E65745363616C657220506572666F726D616E6365", "NetScaler", "editcap -F pcapng FILE")]
    [InlineData("01 22 03 4E65747363616C657220563330", "NetScaler", "editcap -F pcapng FILE")]
    [InlineData("58435000 30303200", "NetXRay", "editcap -F pcapng FILE")]
    [InlineData("5452534E494646206461746120202020 1A", "Sniffer for DOS", "editcap -F pcapng FILE")]
    [InlineData("7F766572 00000009", "OmniPeek", "editcap -F pcapng FILE")]
    [InlineData("4F627365727665 72506B74427566666572", "Observer", "editcap -F pcapng FILE")]
    [InlineData("6970747261636520322E30", "AIX", "editcap -F pcapng FILE")]
    [InlineData("5452006400 00", "HP-UX", "editcap -F pcapng FILE")]
    [InlineData("AAAAAAAA 0100", "5View", "editcap -F pcapng FILE")]
    [InlineData("05564E46 05000000", "Visual Networks", "editcap -F pcapng FILE")]
    [InlineData("01104C00 0105 547261636520446973706C6179", "LANalyzer", "editcap -F pcapng FILE")]
    [InlineData("3C3F786D6C207665", "XML text", "give the capture")]
    [InlineData("504B0304", "zip archive", "unzip")]
    public void Other_formats_are_refused_by_name_with_the_way_out(string start, string name, string remedy)
    {
        AssertRefused(Hex.Bytes(start), 0, name);
        AssertRefused(Hex.Bytes(start + "0102030405060708"), 0, remedy);
    }

    [Fact]
    public void What_is_no_capture_shows_its_first_bytes() =>
        AssertRefused(Encoding.ASCII.GetBytes("<html>\n\"and more"), 0, "3c 68 74 6d 6c 3e 0a 22 \"<html>..\"");

    [Fact]
    public void Input_that_fails_at_once_is_refused_with_the_error()
    {
        var failure = new IOException("bad sector");
        var error = Assert.Throws<CaptureFormatException>(() =>
            CaptureFile.Open(new ScriptedStream([], 1, failure), "-"));
        Assert.Same(failure, error.InnerException);
        Assert.Contains("bad sector", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_cut_is_refused_at_every_length()
    {
        var pcap = new PcapBytes().ToArray();
        for (var length = 4; length < pcap.Length; length++)
            AssertRefused(pcap[..length], length, $"{length} bytes into the pcap header");
        var pcapng = new PcapngBytes().Section().ToArray();
        for (var length = 4; length < pcapng.Length; length++)
            AssertRefused(pcapng[..length], 0, $"{length} bytes into the block at offset 0");
    }

    [Fact]
    public void The_stream_is_disposed_when_opening_fails_and_with_the_source()
    {
        var bad = new ScriptedStream([1, 2, 3, 4, 5], 2);
        Assert.Throws<CaptureFormatException>(() => CaptureFile.Open(bad, "-"));
        Assert.True(bad.IsDisposed);

        var good = new ScriptedStream(new PcapBytes().ToArray(), 5);
        CaptureFile.Open(good, "-").Dispose();
        Assert.True(good.IsDisposed);
    }

    private static void AssertRefused(byte[] bytes, long offset, string words) =>
        AssertRefused(() => CaptureFile.Open(new MemoryStream(bytes), "-"), offset, words);

    private static void AssertRefused(Func<ICaptureSource> open, long offset, string words)
    {
        var error = Assert.Throws<CaptureFormatException>(open);
        Assert.Equal(offset, error.Offset);
        Assert.Contains(words, error.Reason, StringComparison.Ordinal);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
