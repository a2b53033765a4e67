using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TrafficAI.Server.Api;

namespace TrafficAI.Server.Access.Oidc;

/// <summary>Logging in with the identity provider of an organisation: OpenID Connect, authorisation code with PKCE. The browser gets a session of ours, and no token.</summary>
internal static class OidcLogin
{
    /// <summary>What a client calls it in <c>ways</c>.</summary>
    public const string Way = "oidc";

    /// <summary>Where the provider sends the browser back to.</summary>
    public const string CallbackPath = "/api/v1/session/oidc/callback";

    /// <summary>Where the package would keep a session of its own. Nothing is ever put there: ours is begun before.</summary>
    private const string Unused = "unused";

    private const string Home = "/";
    private const string Failed = "/?login=failed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Makes ready for it, before the server is built.</summary>
    /// <param name="isSecure">Whether browsers reach the server by HTTPS.</param>
    public static void Add(IServiceCollection services, OidcFile file, bool isSecure, SessionApi sessions)
    {
        // Keys of logins under way live as long as the server, as sessions do.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication().AddCookie(Unused).AddOpenIdConnect(Way, options =>
        {
            Describe(options, file);
            Guard(options, isSecure);
            options.Events.OnTicketReceived = context => ReceiveAsync(context, file, sessions);
            options.Events.OnRemoteFailure = async context =>
            {
                await sessions.RefuseAsync(context.HttpContext, ReasonOf(context.Failure));
                context.Response.Redirect(Failed);
                context.HandleResponse();
            };
        });
    }

    /// <summary>Takes the answers of the provider. To be called after the limits: only GET has one there, and whatever else comes is refused before it is looked at.</summary>
    public static void Use(IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path != CallbackPath || HttpMethods.IsGet(context.Request.Method)) return next(context);
            context.Response.Headers.Allow = HttpMethods.Get;
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        });
        app.UseAuthentication();
    }

    /// <summary>Sends a browser to the provider.</summary>
    /// <exception cref="ApiException">There is none, or it does not answer.</exception>
    public static async Task ChallengeAsync(HttpContext context, bool isOffered)
    {
        if (!isOffered) throw ApiException.NotFound("Nobody logs in here with an organisation.", "Log in with name and password, or start the server with --oidc FILE.");
        try
        {
            await context.ChallengeAsync(Way, new() { RedirectUri = Home });
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
        {
            throw new ApiException(502, "The identity provider does not answer", "Its description could not be read.", "Try again later, or log in with name and password.");
        }
    }

    private static void Describe(OpenIdConnectOptions options, OidcFile file)
    {
        options.Authority = file.Authority.AbsoluteUri.TrimEnd('/');
        options.RequireHttpsMetadata = file.Authority.Scheme == "https";
        options.ClientId = file.ClientId;
        options.ClientSecret = file.Secret;
        options.CallbackPath = CallbackPath;
        options.SignedOutCallbackPath = options.RemoteSignOutPath = PathString.Empty;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (var scope in file.Scopes.Prepend("openid").Distinct()) options.Scope.Add(scope);
        options.MapInboundClaims = false;
        options.BackchannelTimeout = Patience;
    }

    /// <summary>Nothing of the provider's is kept, and what is under way is bound to the browser that began it.</summary>
    private static void Guard(OpenIdConnectOptions options, bool isSecure)
    {
        options.SignInScheme = Unused;
        options.SaveTokens = false;
        options.DisableTelemetry = true;
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.HttpOnly = true;
            cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        }
    }

    private static async Task ReceiveAsync(TicketReceivedContext context, OidcFile file, SessionApi sessions)
    {
        try
        {
            var person = context.Principal ?? throw new OidcRefusedException("the provider names nobody");
            await sessions.BeginAsync(context.HttpContext, OidcPeople.SessionOf(person, file), $"{Way} {file.Authority.Host} sub {LogWindow.Shortened(person.FindFirstValue("sub") ?? "")}");
            context.Response.Redirect(Home);
        }
        catch (OidcRefusedException e)
        {
            await sessions.RefuseAsync(context.HttpContext, e.Message);
            context.Response.Redirect(Failed);
        }

        context.HandleResponse();
    }

    /// <summary>In one line, without what a stranger could write into the record.</summary>
    private static string ReasonOf(Exception? failure) => failure switch
    {
        OpenIdConnectProtocolException => "the provider refused",
        AuthenticationFailureException { InnerException: { } inner } => inner.GetType().Name,
        null => "unknown",
        _ => failure.GetType().Name,
    };
}
