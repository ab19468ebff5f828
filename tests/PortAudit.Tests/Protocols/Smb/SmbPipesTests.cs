using System.Text;
using PortAudit.Traffic.Protocols.Smb;

namespace PortAudit.Tests.Protocols.Smb;

public sealed class SmbPipesTests
{
    [Theory]
    [InlineData("lsarpc", "lsarpc")]
    [InlineData(@"\LSARPC", "lsarpc")]
    [InlineData(@"\\samr", "samr")]
    [InlineData(@"\PIPE\spoolss", "spoolss")]
    [InlineData("PIPE\\svcctl\0leftover", "svcctl")]
    [InlineData(@"sql\query", "tds")]
    [InlineData(@"MSSQL$SHOP\sql\query", "tds")]
    [InlineData("", null)]
    [InlineData(@"\PIPE\", null)]
    [InlineData("lsarpcs", null)]
    [InlineData("srvsvc.txt", null)]
    [InlineData("a-name-that-is-longer-than-any-pipe", null)]
    [InlineData("lsarpć", null)]
    public void A_pipe_is_known_by_its_name_in_any_case(string name, string? expected)
    {
        Assert.Equal(expected, SmbPipes.Find(Encoding.Unicode.GetBytes(name), isUnicode: true));
        if (Ascii(name))
            Assert.Equal(expected, SmbPipes.Find(Encoding.ASCII.GetBytes(name), isUnicode: false));
    }

    [Fact]
    public void Looking_a_pipe_up_allocates_nothing()
    {
        var name = Encoding.Unicode.GetBytes("LsaRpc");

        Assert.Equal(0, Allocation.Least(() => SmbPipes.Find(name, isUnicode: true)));
    }

    private static bool Ascii(string name) => name.All(char.IsAscii);
}
