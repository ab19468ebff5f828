using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Flows;

namespace PortAudit.Tests.EndToEnd;

/// <summary>On a system whose OpenSSL cannot be loaded, what needs it says so, and all else works: the loader is shown
/// files that are no libraries first.</summary>
public sealed class MissingOpenSslTests : IDisposable
{
    private const string Need = "needs OpenSSL 3 or 1.1 (libssl), which is not on this system or cannot be loaded; on "
        + "Debian: sudo apt-get install openssl\n";

    private readonly TemporaryDirectory _directory = new();

    public MissingOpenSslTests()
    {
        foreach (var version in new[] { "3", "1.1", "1.0.2", "1.0.0", "10" })
            File.WriteAllText(_directory[$"libssl.so.{version}"], "no library");
        File.WriteAllText(_directory["report.json"], "{}");
    }

    public void Dispose() => _directory.Dispose();

    [NeedsTheory(Part.Libssl)]
    [InlineData("audit", "audit captures/lync-edge --site captures/lync-edge/site.yaml")]
    [InlineData("roles", "roles captures/lync-edge")]
    [InlineData("catalog", "catalog query --port 443")]
    [InlineData("watch", "watch -i none --site captures/lync-edge/site.yaml")]
    [InlineData("--site", "flows captures/lync-edge --site captures/lync-edge/site.yaml")]
    [InlineData("--format jsonl", "flows captures/lync-edge --format jsonl")]
    [InlineData("reading a report", "packets DIR/report.json")]
    public void What_needs_it_says_so(string what, string arguments) =>
        Assert.Equal((2, "", $"error: {what} {Need}"), Run(arguments));

    [NeedsTheory(Part.Libssl)]
    [InlineData("--version")]
    [InlineData("audit --help")]
    [InlineData("completion bash")]
    [InlineData("man")]
    [InlineData("packets captures/lync-edge/firewall-outside.pcap")]
    [InlineData("flows captures/lync-edge")]
    [InlineData("flows captures/tls --format csv")]
    [InlineData("flows captures/tls --summary")]
    public void All_else_works(string arguments)
    {
        var (code, output, error) = Run(arguments);

        Assert.Equal((0, ""), (code, error));
        Assert.NotEmpty(output);
    }

    [NeedsFact(Part.Libssl)]
    public void Completion_offers_nothing_out_of_the_rules() => Assert.Equal((0, "", ""),
        PublishedProgram.Run(Repository.Root, [.. Program, "[suggest]", "portaudit catalog query --from lync"]));

    [NeedsFact(Part.Libssl)]
    public void Quic_is_named_and_its_handshake_left_unread()
    {
        byte[] initial = [0xC3, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0x40, 0x20, .. new byte[32]];
        var capture = _directory["quic.pcap"];
        File.WriteAllBytes(capture, new PcapBytes()
            .Record(1, 0, FrameBuilder.Udp("10.0.0.1", 50000, "10.0.0.2", 443, initial)).ToArray());

        var (code, output, error) = Run($"flows {capture} --format csv");

        Assert.Equal((0, $"warning: handshakes of QUIC were left unread: that {Need}"), (code, error));
        Assert.Contains(",quic,", output, StringComparison.Ordinal);
    }

    private IEnumerable<string> Program => ["env", $"LD_LIBRARY_PATH={_directory.Path}", .. PublishedProgram.Words];

    private (int ExitCode, string Output, string Error) Run(string arguments) =>
        PublishedProgram.Run(Repository.Root, [.. Program, .. arguments
            .Replace("DIR", _directory.Path, StringComparison.Ordinal).Split(' ')]);
}
