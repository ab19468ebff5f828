using PortAudit.Live.Devices;
using PortAudit.Live.Doctor;
using PortAudit.Live.Host;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Live.Doctor;

/// <summary>What the facts of a machine mean for live capture.</summary>
public sealed class MachineCheckTests
{
    private static readonly CapabilitySet Raw = new(1 << 13);
    private static readonly ProgramStart Own = ProgramStart.Of("/opt/portaudit");
    private static readonly ProgramStart Shared = ProgramStart.Of("/usr/bin/dotnet");
    private static readonly LiveProblem Denied = new(LiveProblemKind.PermissionDenied, "eth0", "no right", "get it");

    [Fact]
    public void A_process_with_cap_net_raw_may_capture_whoever_it_is()
    {
        var ambient = RightsCheck.OfProcess(new ProcessRights(false, Raw, Raw), Own);

        Assert.Equal(new CheckResult("rights", CheckState.Ok,
            "not root, with cap_net_raw in effect, ambient"), ambient);
        Assert.Equal("root, with cap_net_raw in effect",
            RightsCheck.OfProcess(new ProcessRights(true, Raw, default(CapabilitySet)), Own).Text);
    }

    [Fact]
    public void Root_without_capabilities_may_not()
    {
        var check = RightsCheck.OfProcess(new ProcessRights(true, default(CapabilitySet), default(CapabilitySet)), Own);

        Assert.Equal((CheckState.Problem, "root, with neither cap_net_raw nor cap_net_admin in effect"),
            (check.State, check.Text));
        Assert.Contains("setcap", check.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, CheckState.Ok)]
    [InlineData(false, CheckState.Warning)]
    public void Where_there_are_no_capabilities_the_administrator_may(bool isPrivileged, CheckState state) =>
        Assert.Equal(state, RightsCheck.OfProcess(new ProcessRights(isPrivileged, null, null), Own).State);

    [Fact]
    public void The_shared_host_is_worth_a_warning_where_the_right_is_lacking()
    {
        Assert.Equal(CheckState.Warning,
            RightsCheck.OfProgram(new ProcessRights(false, default(CapabilitySet), null), Shared, null).State);
        Assert.Equal(CheckState.Ok, RightsCheck.OfProgram(new ProcessRights(true, Raw, null), Shared, null).State);
    }

    [Fact]
    public void Capabilities_of_the_file_count_when_they_are_in_effect()
    {
        var rights = new ProcessRights(false, Raw, null);

        Assert.Equal("/opt/portaudit, whose file gives no capabilities", RightsCheck.OfProgram(rights, Own, null).Text);
        Assert.Equal("/opt/portaudit, whose file gives cap_net_raw",
            RightsCheck.OfProgram(rights, Own, new FileCapabilities(Raw, true)).Text);
        Assert.Equal(
            new CheckResult("program", CheckState.Warning,
                "/opt/portaudit, whose file gives cap_net_raw, not in effect",
                "sudo setcap cap_net_raw,cap_net_admin=eip /opt/portaudit"),
            RightsCheck.OfProgram(rights, Own, new FileCapabilities(Raw, false)));
    }

    [Fact]
    public void One_interface_that_can_be_captured_is_enough_and_one_that_is_up_and_cannot_is_told()
    {
        Assert.Equal(
            new CheckResult("interfaces", CheckState.Ok, "eth0 can be captured"),
            InterfaceCheck.OfAccess([Device("eth0", isUp: true), Device("eth1", isUp: false, Denied),
                Device("nflog", isUp: true, wasTried: false)], null));
        Assert.Equal(
            new CheckResult("interfaces", CheckState.Warning, "eth1 cannot be captured: no right", "get it"),
            InterfaceCheck.OfAccess([Device("eth0", isUp: true), Device("eth1", isUp: true, Denied)], null));
    }

    [Fact]
    public void No_interface_that_can_be_captured_is_a_problem()
    {
        Assert.Equal(
            new CheckResult("interfaces", CheckState.Problem, "none of eth0, eth1 can be captured: no right", "get it"),
            InterfaceCheck.OfAccess([Device("eth0", isUp: true, Denied), Device("eth1", isUp: false, Denied)], null));
        Assert.Equal(CheckState.Problem, InterfaceCheck.OfAccess([], null).State);
        Assert.Equal("they cannot be listed: no right", InterfaceCheck.OfAccess([], Denied).Text);
    }

    [Fact]
    public void Many_interfaces_are_named_in_part() =>
        Assert.EndsWith(
            "e7 and 4 more can be captured", InterfaceCheck.OfAccess([.. Enumerable.Range(0, 12)
                .Select(number => Device($"e{number}", isUp: true))], null).Text, StringComparison.Ordinal);

    [Fact]
    public void Offloads_that_are_on_are_named_with_the_command_that_switches_them_off()
    {
        var check = InterfaceCheck.OfOffloads([("eth0", ["gro", "tso"]), ("eth1", []), ("tun0", null)]);

        Assert.Equal(CheckState.Warning, check.State);
        Assert.EndsWith("eth0 (gro, tso); not known of tun0", check.Text, StringComparison.Ordinal);
        Assert.EndsWith("sudo ethtool -K eth0 gro off tso off", check.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Offloads_that_nobody_tells_are_not_taken_for_off()
    {
        Assert.Equal(new CheckResult("offloads", CheckState.Ok, "not known of eth0"),
            InterfaceCheck.OfOffloads([("eth0", null)]));
        Assert.Equal("none that makes frames larger than on the wire; not known of eth0",
            InterfaceCheck.OfOffloads([("eth0", null), ("eth1", [])]).Text);
    }

    [Theory]
    [InlineData(true, CheckState.Ok)]
    [InlineData(false, CheckState.Warning)]
    [InlineData(null, CheckState.Ok)]
    public void A_clock_that_nothing_keeps_right_is_worth_a_warning(bool? isSynchronised, CheckState state) =>
        Assert.Equal(state, MachineCheck.OfClock(isSynchronised).State);

    [Theory]
    [InlineData(2_000_000_000L, CheckState.Ok, "2.0 GB free in /data")]
    [InlineData(999_999_999L, CheckState.Warning, "1.0 GB free in /data")]
    [InlineData(null, CheckState.Warning, "how much is free in /data is not known")]
    public void Little_room_is_worth_a_warning(long? free, CheckState state, string text)
    {
        var check = MachineCheck.OfDisk("/data", free);

        Assert.Equal((state, text), (check.State, check.Text));
    }

    [Fact]
    public void A_library_that_is_missing_is_a_problem() => Assert.Equal(new CheckResult("library", CheckState.Problem,
        "no right", "get it"), MachineCheck.OfLibrary(Denied, ""));

    [NeedsFact(Part.Live)]
    public void Offloads_of_a_link_are_those_that_were_switched_on()
    {
        using var link = new VethPair();
        var on = link.Near.In(() => Offloads.Of("in0"));

        Assert.Contains("tso", on!.Value);
        Assert.Null(link.Near.In(() => Offloads.Of("in9")));
        Assert.Null(Offloads.Of("a-name-that-is-too-long"));
    }

    private static CheckedDevice Device(string name, bool isUp, LiveProblem? problem = null, bool wasTried = true) =>
        new(new CaptureDevice(name, "", []) { IsUp = isUp }, new DeviceAccess([LinkType.Ethernet], problem, wasTried));
}
