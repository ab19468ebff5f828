using System.Text;
using PortAudit.Traffic.Protocols.Smb;

namespace PortAudit.Tests.Protocols.Smb;

public sealed class AdminShareTests
{
    [Theory]
    [InlineData(@"\\files.contoso.test\ADMIN$", "ADMIN$")]
    [InlineData(@"\\10.0.0.20\admin$", "ADMIN$")]
    [InlineData(@"\\a\c$", "C$")]
    [InlineData(@"\\a\Z$", "Z$")]
    [InlineData(@"\\a\IPC$", null)]
    [InlineData(@"\\a\public", null)]
    [InlineData(@"\\a\public$", null)]
    [InlineData(@"\\a\administration", null)]
    [InlineData("", null)]
    public void The_share_is_the_last_part_of_the_path(string path, string? share)
    {
        Assert.Equal(share, AdminShare.Find(Encoding.Unicode.GetBytes(path), isUnicode: true));
        Assert.Equal(share, AdminShare.Find(Encoding.ASCII.GetBytes(path + "\0?????"), isUnicode: false));
    }

    [Theory]
    [InlineData("UPZIglMP.exe", true)]
    [InlineData(@"Temp\a.b.DLL", true)]
    [InlineData(@"Temp\run.ps1", true)]
    [InlineData(@"a.exe\notes.txt", false)]
    [InlineData(@"a.exe\notes", false)]
    [InlineData("report.docx", false)]
    [InlineData("exe", false)]
    [InlineData("a.exes", false)]
    [InlineData("a.", false)]
    [InlineData("", false)]
    public void Programs_are_told_by_their_names(string name, bool isProgram)
    {
        Assert.Equal(isProgram, ProgramName.Is(Encoding.Unicode.GetBytes(name), isUnicode: true));
        Assert.Equal(isProgram, ProgramName.Is(Encoding.ASCII.GetBytes(name + "\0.exe"), isUnicode: false));
    }

    [Fact]
    public void Looking_at_names_allocates_nothing()
    {
        var name = Encoding.Unicode.GetBytes(@"\\files\ADMIN$");

        Assert.Equal(0, Allocation.Least(() =>
        {
            AdminShare.Find(name, isUnicode: true);
            ProgramName.Is(name, isUnicode: true);
        }));
    }
}
