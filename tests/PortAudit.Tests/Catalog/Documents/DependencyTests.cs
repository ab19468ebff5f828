namespace PortAudit.Tests.Catalog.Documents;

/// <summary>Who needs whom, as sentences of KB 832017 say it, read by eye.</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData(210, "com-plus", "dtc")]
    [InlineData(210, "msmq", "dtc")]
    [InlineData(210, "sql-server", "dtc")]
    [InlineData(222, "active-directory", "dns")]
    [InlineData(465, "uddi", "sql-server")]
    [InlineData(475, "netlogon", "server")]
    [InlineData(475, "netlogon", "local-security-authority")]
    [InlineData(599, "rras", "local-security-authority")]
    [InlineData(807, "ris", "tftp")]
    [InlineData(869, "time", "kdc")]
    [InlineData(869, "time", "dns")]
    public void What_a_sentence_says_is_needed_is_a_dependency(int line, string of, string on) => Assert.Contains(
        Shipped.Catalogs.Files.SelectMany(file => file.Dependencies),
        entry => entry.Of == of && entry.On == on
            && entry.Source.All.Any(source => source.Document == DocumentIds.Windows && source.Lines.Contains(line)));
}
