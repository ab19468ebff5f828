using PortAudit.Live.Host;

namespace PortAudit.Tests.Live.Host;

public sealed class RightsTests
{
    [Fact]
    public void Effective_and_ambient_capabilities_stand_in_the_status_of_the_process()
    {
        var rights = ProcessRights.Parse(false, ["Name:\tportaudit", "CapInh:\t0000000000000000",
            "CapEff:\t0000000000003000", "CapBnd:\t000001ffffffffff", "CapAmb:\t0000000000002000"]);

        Assert.Equal("cap_net_raw and cap_net_admin", rights.Effective.ToString());
        Assert.Equal("cap_net_raw", rights.Ambient.ToString());
    }

    [Fact]
    public void A_status_that_does_not_tell_is_not_taken_for_no_rights()
    {
        var rights = ProcessRights.Parse(false, ["CapEff:\tnonsense", "no colon"]);

        Assert.Null(rights.Effective);
        Assert.Null(rights.Ambient);
    }

    [Theory]
    [InlineData("0100000200300000000000000000000000000000", "cap_net_raw and cap_net_admin", true)]
    [InlineData("0000000200200000003000000000000000000000", "cap_net_raw", false)]
    [InlineData("010000010010000000000000", "cap_net_admin without cap_net_raw", true)]
    [InlineData("010000030020000000000000000000000000000064000000", "cap_net_raw", true)]
    public void The_capabilities_of_a_file_are_read_in_every_revision(string attribute, string permitted,
        bool isEffective)
    {
        var file = FileCapabilities.Parse(Convert.FromHexString(attribute));

        Assert.Equal((permitted, isEffective), (file!.Permitted.ToString(), file.IsEffective));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0100000200300000")]
    [InlineData("01000002003000000000000000000000")]
    public void An_attribute_that_is_cut_is_none(string attribute) =>
        Assert.Null(FileCapabilities.Parse(Convert.FromHexString(attribute)));

    [Theory]
    [InlineData("/usr/lib/dotnet/dotnet", true)]
    [InlineData("/opt/portaudit/portaudit", false)]
    [InlineData("", false)]
    public void The_host_that_runs_any_program_is_known_by_its_name(string executable, bool isShared) =>
        Assert.Equal(isShared, ProgramStart.Of(executable).IsSharedHost);

    [Theory]
    [InlineData("/opt/portaudit", "sudo setcap cap_net_raw,cap_net_admin=eip /opt/portaudit")]
    [InlineData("/opt/my $(tools)/it's", "sudo setcap cap_net_raw,cap_net_admin=eip '/opt/my $(tools)/it'\\''s'")]
    public void A_path_is_quoted_where_a_shell_would_read_something_else(string path, string command) =>
        Assert.Equal(command, RightsRemedy.SetCapabilities(path));

    [Fact]
    public void Setcap_is_advised_for_a_file_of_the_programs_own_only()
    {
        Assert.Contains("sudo setcap cap_net_raw,cap_net_admin=eip /opt/portaudit",
            RightsRemedy.OfLinux(ProgramStart.Of("/opt/portaudit")), StringComparison.Ordinal);
        Assert.DoesNotContain("setcap cap_net", RightsRemedy.OfLinux(ProgramStart.Of("/usr/bin/dotnet")),
            StringComparison.Ordinal);
    }
}
