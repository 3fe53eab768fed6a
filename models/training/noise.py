"""What web pages write beside a name: file names, dates, prices, credits, shop words."""

import random

SURNAMES = "Smith Jones Garcia Müller Chen Brown Rossi Silva Novak Kim Dubois Larsen Patel Ivanov Costa Meyer".split()
SITES = "flickr.com pinterest ebay etsy shutterstock wikimedia alamy tripadvisor blogspot instagram".split()
SHOP_WORDS = (
    "free shipping,for sale,buy now,click to enlarge,new arrival,best price,stock photo,hi-res,wallpaper 1920x1080,"
    "thumbnail,close up,HD,limited edition,click here,free delivery,add to cart,on sale,share this,read more,see more,"
    "free download,view larger,enlarge image,order now,in stock,sold out,royalty free,image of the day,"
    "all rights reserved,copyright 2015,top 10,sign up,log in,next page,print this,tap to zoom,see details,as pictured"
).split(",")
# Words for the picture itself: never in it.
MEDIA = "photo photograph picture image pic snapshot photography photos images pictures screenshot untitled".split()
MEDIA_FORMS = ["{0}", "{0}", "a {0}", "my {0}", "the {0}", "{0} {1}", "{0} gallery", "new {0}", "{0} of", "this {0}"]


def media(rng: random.Random) -> str:
    """A word for the picture itself, as people leave it in a caption's place."""
    return rng.choice(MEDIA_FORMS).format(rng.choice(MEDIA), rng.randrange(1, 40))


def noise(rng: random.Random) -> str:
    """One piece of web noise: file name, date, price, credit, shop words."""
    n = rng.randrange
    return rng.choice([
        lambda: f"{rng.choice(['IMG', 'DSC', 'DSCN', 'P', 'photo', 'image', 'pic'])}_{n(10, 99999):0{rng.choice([3, 4, 5])}d}{rng.choice(['.jpg', '.JPG', '.jpeg', '.png', ''])}",
        lambda: f"{n(1995, 2025)}-{n(1, 13):02d}-{n(1, 29):02d}",
        lambda: f"{rng.choice('January March May June August October December'.split())} {n(1, 29)}, {n(1990, 2025)}",
        lambda: rng.choice(["$", "€", "£", "US $"]) + f"{n(1, 400)}.{n(0, 100):02d}",
        lambda: f"{rng.choice(['Photo by', 'photo:', '©', 'Image credit:', 'by'])} {rng.choice('ABCDEFGHJKLMRST')}. {rng.choice(SURNAMES)}",
        # More often than the rest: words before a name are read as part of it until many have been seen.
        *[lambda: rng.choice(SHOP_WORDS)] * 3,
        lambda: f"{rng.choice(['via', 'on', 'from', '|'])} {rng.choice(SITES)}",
        lambda: f"{rng.choice(['SKU ', 'stock photo #', '#', 'DSC0', 'id='])}{n(1000, 999999)}",
        lambda: media(rng),
        lambda: f"{rng.choice(['Lot', 'No.', 'page', 'fig.', 'item'])} {n(1, 999)}",
    ])()
