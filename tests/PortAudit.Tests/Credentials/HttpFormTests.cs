using System.Text;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Credentials.CredentialBench;

namespace PortAudit.Tests.Credentials;

public sealed class HttpFormTests
{
    private const string Form = "POST /login HTTP/1.1|Host: a|Content-Type: application/x-www-form-urlencoded|";

    [Theory]
    [InlineData("user=bob&password=x", CredentialUse.Password)]
    [InlineData("Passwd=x", CredentialUse.Password)]
    [InlineData("log=bob&pwd=x&wp-submit=Log+In", CredentialUse.Password)]
    [InlineData("a=1&PASS=x&b=2", CredentialUse.Password)]
    [InlineData("j_username=bob&j_password=x", CredentialUse.Password)]
    [InlineData("password=&user=bob", CredentialUse.None)] // empty
    [InlineData("user=bob&password=", CredentialUse.None)]
    [InlineData("user=bob&password", CredentialUse.None)]
    [InlineData("bypass=x&passenger=2&compass=n&pass_through=1", CredentialUse.None)]
    [InlineData("password_reset=1&show-password=1&passwordHint=x", CredentialUse.None)]
    [InlineData("q=password%3Dx&r=pwd", CredentialUse.None)]
    [InlineData("=x&&=&", CredentialUse.None)]
    [InlineData("{\"password\":\"x\"}", CredentialUse.None)]
    public void A_field_of_a_password_is_told_by_its_whole_name(string body, CredentialUse expected)
    {
        var bytes = Bytes($"{Form}Content-Length: {body.Length}||{body}");

        Assert.Equal(expected, Read("http", bytes));
        AssertPrefixesAreHarmless("http", bytes);
    }

    [Theory]
    [InlineData(Form + "|password=x", CredentialUse.None)] // without a length there is no body
    [InlineData(Form + "Transfer-Encoding: chunked||13|user=bob&password=x|0||", CredentialUse.Password)]
    [InlineData("POST / HTTP/1.1|content-type: Application/X-WWW-Form-Urlencoded; charset=UTF-8|content-length: 10||"
        + "password=x", CredentialUse.Password)]
    [InlineData("POST / HTTP/1.1|Content-Type: text/plain|Content-Length: 10||password=x", CredentialUse.None)]
    [InlineData("POST / HTTP/1.1|Content-Length: 10||password=x", CredentialUse.None)]
    [InlineData("POST / HTTP/1.1|Content-Type: multipart/form-data; x=\"application/x-www-form-urlencoded\"|"
        + "Content-Length: 10||password=x", CredentialUse.None)]
    [InlineData("GET / HTTP/1.1|Content-Type: application/x-www-form-urlencoded|Content-Length: 10||password=x",
        CredentialUse.None)]
    // behind other requests, whose bodies are passed over
    [InlineData("GET / HTTP/1.1|Host: a||POST /a HTTP/1.1|Content-Type: text/plain|Content-Length: 3||abc" + Form
        + "Content-Length: 6||pass=x", CredentialUse.Password)]
    // what follows the body is not the form's
    [InlineData(Form + "Content-Length: 3||a=b&password=x", CredentialUse.None)]
    [InlineData(Form + "Content-Length: -1||a=b", CredentialUse.None)]
    [InlineData(Form + "Content-Length: 99999999999||password=x", CredentialUse.Password)]
    public void Requests_are_walked_by_their_lengths(string stream, CredentialUse expected)
    {
        Assert.Equal(expected, Read("http", Bytes(stream)));
        AssertPrefixesAreHarmless("http", Bytes(stream));
    }

    [Fact]
    public void A_form_is_looked_through_up_to_a_bound()
    {
        var padding = new string('a', 5000);

        Assert.Equal(CredentialUse.None, Read("http", Bytes($"{Form}Content-Length: 5012||{padding}=1&password=x")));
    }

    [Theory]
    [InlineData(Form + "Content-Length: 30||user=bob", "", false)]
    [InlineData("POST / HTTP/1.1|Content-Ty", "", false)]
    [InlineData(Form + "Content-Length: 8||user=bob", "", true)]
    [InlineData("GET / HTTP/1.1||", "HTTP/1.1 200 OK|Content-Length: 0||", true)]
    public void It_is_read_on_while_a_form_may_come(string sent, string received, bool isOver) => Assert.Equal(isOver,
        ProtocolRegistry.Find("http")!.Credentials!.Read(Payload(Bytes(sent), Bytes(received)), out _));

    private static byte[] Bytes(string text) =>
        Encoding.ASCII.GetBytes(text.Replace("|", "\r\n", StringComparison.Ordinal));
}
