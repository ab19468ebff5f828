using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Catalog;

public sealed class OperationsReaderTests
{
    private const string Rest = "title: A, risk: high, means: M., source: { document: D, section: S } }";

    [Fact]
    public void The_shipped_operations_have_no_fault_and_all_have_a_source()
    {
        var file = new FileDiagnostics("sensitive-operations.yaml");
        var operations = OperationsReader.Read(ShippedRules.Read(SensitiveOperations.FileName, file)!, file);
        var diagnostics = new List<Diagnostic>();
        file.MoveTo(diagnostics);

        Assert.Empty(diagnostics);
        Assert.Equal(SensitiveOperations.Shipped.All.Length, operations.All.Length);
        Assert.All(operations.All, operation => Assert.Matches(@"^(\[M[CS]-|RFC |nDPI )", operation.Reference));
        Assert.All(operations.All, operation => Assert.EndsWith(".", operation.Means, StringComparison.Ordinal));
        Assert.All(operations.All, operation => Assert.Matches("^[a-z].*[^.]$", operation.Reason));
    }

    [Fact]
    public void An_operation_is_told_by_protocol_interface_or_share()
    {
        var operations = Read("{ id: a, interface: svcctl, calls: [12], usual: { from: dc }, " + Rest
            + "\n  - { id: b, protocol: http, service: winrm, " + Rest
            + "\n  - { id: c, program-on: admin-share, " + Rest
            + "\n  - { id: d, protocol: ssh, session: A session, reason: it gives one, " + Rest, out var diagnostics);

        Assert.Empty(diagnostics);
        var first = operations.All[0];
        Assert.Equal((OperationRisk.High, "D S"), (first.Risk, first.Reference));
        Assert.Equal((ushort)12, Assert.Single(first.Calls));
        Assert.Equal("dc", Assert.Single(first.UsualFrom));
        Assert.Equal("winrm", Assert.Single(operations.All[1].Services));
        Assert.True(operations.All[2].IsProgram);
        Assert.Equal(("", null), (first.Reason, first.Session));
        Assert.Equal(("it gives one", "A session"), (operations.All[3].Reason, operations.All[3].Session));
    }

    [Theory]
    [InlineData("{ id: a, " + Rest,
        "2:5: an operation is recognised by exactly one of four signs; write protocol: NAME, interface: NAME, "
        + "program-on: admin-share, or attack: NAME")]
    [InlineData("{ id: a, interface: svcctl, calls: [x], " + Rest,
        "2:41: 'x' is not the number of a call; write its opnum, 0 to 65535")]
    [InlineData("{ id: a, protocol: ssh, calls: [1], " + Rest,
        "2:5: calls belong to an interface; name the interface")]
    [InlineData("{ id: a, interface: svcctl, service: x, " + Rest,
        "2:5: a service belongs to a protocol; name the protocol")]
    [InlineData("{ id: a, protocol: ssh, " + Rest + "\n  - { id: a, protocol: rdp, " + Rest,
        "3:11: operation 'a' is defined twice, first in line 2; give one of them another identifier")]
    public void A_fault_is_one_diagnostic(string item, string expected)
    {
        Read(item, out var diagnostics);

        Texts.Only(expected, diagnostics);
    }

    private static SensitiveOperations Read(string items, out Diagnostic[] diagnostics)
    {
        var yaml = Texts.Yaml($"operations:\n  - {items}\n", out _)!;
        var file = new FileDiagnostics("f.yaml");
        var operations = OperationsReader.Read(yaml, file);
        var all = new List<Diagnostic>();
        file.MoveTo(all);
        diagnostics = [.. all];
        return operations;
    }
}
