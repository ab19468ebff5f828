using PortAudit.Traffic.Records;
using static PortAudit.Tests.Credentials.CredentialBench;

namespace PortAudit.Tests.Credentials;

public sealed class PapReaderTests
{
    [Theory]
    [InlineData("000200070001 ff03c023 01010010 03626f62 07 73656372657421", CredentialUse.Password)]
    [InlineData("4002001c00070001 c023 01010010 03626f62 07 73656372657421 ffff", CredentialUse.Password)] // padded
    [InlineData("000200070001 ff03c023 01010010 03626f62 07 7365", CredentialUse.Password)] // cut in the password
    [InlineData("000200070001 ff03c023 0101000d 00 07 73656372657421", CredentialUse.Password)] // no name
    [InlineData("000200070001 ff03c023 01010009 03626f62 00", CredentialUse.None)] // no password
    [InlineData("000200070001 ff03c023 01010010 03626f62", CredentialUse.None)] // cut before it
    [InlineData("000200070001 ff03c023 0101000f 03626f62 07 73656372657421", CredentialUse.None)] // lengths disagree
    [InlineData("000200070001 ff03c023 01010010 ff626f62 07 73656372657421", CredentialUse.None)]
    [InlineData("000200070001 ff03c023 02010010 03626f62 07 73656372657421", CredentialUse.None)] // Authenticate-Ack
    [InlineData("000200070001 ff03c223 01010010 03626f62 07 73656372657421", CredentialUse.None)] // CHAP
    [InlineData("000200070001 ff030021 01010010 03626f62 07 73656372657421", CredentialUse.None)] // IPv4
    [InlineData("c802001400010000000400038008000000000006", CredentialUse.None)] // control
    [InlineData("000200000001 ff03c023 01010010 03626f62 07 73656372657421", CredentialUse.None)] // no tunnel
    public void A_password_of_PAP_is_seen(string hex, CredentialUse expected)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal(expected, Read("l2tp", bytes));
        AssertPrefixesAreHarmless("l2tp", bytes);
    }
}
