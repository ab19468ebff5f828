using PortAudit.Cli.Input;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Cli.Input;

public sealed class CaptureHashesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_has_its_checksum_and_what_is_no_file_has_none()
    {
        File.WriteAllText(_directory["a.pcap"], "abc");
        var hashes = CaptureHashes.Of([_directory["a.pcap"], _directory["gone.pcap"], _directory.Path, "-"],
            new ReadingPosition(), CancellationToken.None);

        // FIPS 180-4, the first example of SHA-256.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Assert.Single(hashes).Value);
    }

    [Fact]
    public void A_long_file_is_hashed_whole()
    {
        var bytes = new byte[(1 << 20) + 77];
        new Random(7).NextBytes(bytes);
        File.WriteAllBytes(_directory["a.pcap"], bytes);

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
            CaptureHashes.Of([_directory["a.pcap"]], new ReadingPosition(), CancellationToken.None).Values.Single());
    }

    [Fact]
    public void After_an_interruption_nothing_more_is_read()
    {
        File.WriteAllText(_directory["a.pcap"], "abc");

        Assert.Empty(CaptureHashes.Of([_directory["a.pcap"]], new ReadingPosition(),
            new CancellationToken(canceled: true)));
    }
}
