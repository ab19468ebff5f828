using PortAudit.Reports.Pictures;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Reports.Pictures;

public sealed class PictureLibraryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Nothing_is_missing_here() => Assert.Null(PictureLibrary.WhyMissing());

    [Fact]
    public void A_library_that_is_not_there_is_said_to_be_missing_and_where_it_belongs() => Assert.Matches(
        @"^libNoSuch\.\w+ is missing: it belongs next to the program, in /somewhere$",
        PictureLibrary.WhyMissing("libNoSuch", "/somewhere/"));

    [Fact]
    public void One_that_is_no_library_is_said_to_be_damaged()
    {
        _directory.Touch("libBroken.so");
        _directory.Touch("libBroken.dll");
        _directory.Touch("libBroken.dylib");

        Assert.EndsWith(" cannot be loaded: it is damaged, or of another system or version",
            PictureLibrary.WhyMissing(_directory["libBroken.so"], _directory.Path), StringComparison.Ordinal);
    }
}
