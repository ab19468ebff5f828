using PortAudit.Traffic.Records;
using static PortAudit.Tests.Credentials.CredentialBench;

namespace PortAudit.Tests.Credentials;

public sealed class X400BindReaderTests
{
    [Theory]
    [InlineData("0300000b06e000000000000300003602f0800d2d060456000106a325a023b021a11f80106d7461312e657861"
        + "6d706c652e636f6da10b1609547230756234646f72", CredentialUse.Password)] // IA5String behind the request
    [InlineData("0300003602f0800d2d060456000106a325a023b021a11f80106d7461312e6578616d706c652e636f6da10b16"
        + "09547230756234646f72", CredentialUse.Password)] // data alone
    [InlineData("0300002a02f0800e21060456000106a319a017b115a11380046d746132a10b0409547230756234646f72",
        CredentialUse.Password)] // an OCTET STRING in the result
    [InlineData("0300002102f0800d18060456000106a310a00eb00ca10a80046d746131a1021600",
        CredentialUse.None)] // no password
    [InlineData("0300002602f0800d1d060456000106a315a013b011a10f80046d746131a107a0053003616263",
        CredentialUse.None)] // strong credentials
    [InlineData("0300001702f0800d0e060456000106a306a004b0028000", CredentialUse.None)] // without authentication
    [InlineData("0300002a02f0800d21060456000106a319a017b015a11380046d740102a10b1609547230756234646f72",
        CredentialUse.None)] // no name
    [InlineData("0300003602f0800d2d060456000106a325a023b021a11f80106d7461312e6578616d706c652e636f6da10b16"
        + "09547230756234", CredentialUse.None)] // cut in the password
    public void A_password_of_a_bind_is_seen(string hex, CredentialUse expected)
    {
        var bytes = Convert.FromHexString(hex);

        Assert.Equal(expected, Read("x400", bytes));
        AssertPrefixesAreHarmless("x400", bytes);
    }
}
